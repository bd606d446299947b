"""stub"""


class ComponentError(Exception):
    def __init__(self, name, message, data=None):
        super().__init__(message)
        self.name = name
        self.message = message
        self.data = data
