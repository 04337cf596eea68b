"""The engine that tells people: what the scan of the morning finds due, once a stage, in the portal and by mail.

`services/reminding` writes notices and what is to be delivered in one transaction; `services/delivering` claims, sends and
marks; `channels` are the ways out, one file each. The kinds of duty live in each app's duties.py.
"""
