"""What runs of pytest inside of this process share.

A module that such a run loads is forgotten after it, and an extension in C can't be loaded twice:
libyaml's events would then be none of the classes that the parser waits for.
"""

import hypothesis
import yaml

import flow_testing.api

SHARED = (flow_testing.api, hypothesis, yaml)
