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
    print(json.dumps(send(os.environ["to"], os.environ["text"])))  # noqa: T201 - the answer
