"""`golive watch`: the clocks of promises looked at all the time, and people told before and when one is broken.

The middle is pure: `judging` goes from what is remembered, what was sighted and the time to what is to be told, and
`bands` from numbers to what they mean. Around it, `looking` reads the helpdesk, `telling` tells people, and `course`
and `notes` keep what has happened in the workspace.
"""
