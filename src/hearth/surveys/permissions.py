"""What may be done with surveys."""

SEE = "surveys.see"  # surveys, progress, results with small numbers hidden
BUILD = "surveys.build"  # questions, sample, modes, opening and closing, files of survey firms
INTERVIEW = "surveys.interview"  # ask by telephone or at the door, key in paper
CHECK = "surveys.check"  # read comments as they were given, and check them for names
PUBLISH = "surveys.publish"  # publish results
FIELD = "surveys.field"  # a survey firm: fetch the references of its sample, return its answers
