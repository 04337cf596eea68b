"""The one door to data: permissions, the actor of a request, guarded querysets and `@requires`. No tables here."""
