"""Send a text message: a shell component reads the environment and answers in JSON.

The modem of this example is a folder of messages.
"""

import json
import os

from store import number, save  # run as a program: its own folder is on the path


def send(to: str, text: str) -> dict[str, str]:
    """Send one message and say under which number."""
    key = number("sms", to, text)
    save("messages", key, {"to": to, "text": text})
    return {"id": key}


if __name__ == "__main__":
    message = {name: os.environ[name] for name in ("to", "text")}
    print(json.dumps(send(**message)))  # noqa: T201 - standard output is the component's answer
