"""The handlers, one module each: unpack a request, call the core, convert the answer."""
