"""Addresses: taken apart, named, guarded against leaking secrets, unwrapped from proxies."""
