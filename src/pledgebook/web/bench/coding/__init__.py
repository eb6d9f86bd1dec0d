"""Double coding: two people or more code the same texts without seeing each other's work, another settles where they differ.

What they mark is no decision about the book. It is in the log all the same (entries of the kind "coding"), so that it outlives restarts and
backups, and so that anyone can check what was agreed before anybody talked about it.
"""
