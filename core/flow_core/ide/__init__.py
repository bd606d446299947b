"""Editor features as plain functions from a module and an offset to values.

Offsets and spans count code points of the text of the module at hand; nothing here knows an
editor's protocol. A feature is a module with one function named as editors name it.
"""
