"""The hard limits of a stick file; a file beyond any of them is refused whole, however well it is signed."""

LARGEST_BODY = 64 * 1024 * 1024
LARGEST_CONTENT = 256 * 1024 * 1024
# Operations carry hashes and salts, so an honest file never shrinks to less than a tenth.
LARGEST_RATIO = 50
RATIO_FREE = 1024 * 1024
LARGEST_WINDOW_LOG = 23
LARGEST_MANIFEST = 1024 * 1024
MOST_OPERATIONS = 200_000
MOST_SEGMENTS = 1_000
MOST_IN_A_CHUNK = 2_000
MOST_ANSWERED_AT_ONCE = 400
LARGEST_CHUNK = 8 * 1024 * 1024
LARGEST_COMPARTMENT = 64 * 1024 + 16
LONGEST_ARRAY = 4_096
DEEPEST = 8
LARGEST_NUMBER = 2**60
