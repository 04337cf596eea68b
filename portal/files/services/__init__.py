"""What people do to files: store, hand over to an app, throw away; and the night's clean-up."""
