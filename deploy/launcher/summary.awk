# JUnit XML reports in; each skipped test with its reason, and one line of totals, out.

function attribute(name,    value) {
  if (!match($0, " " name "=\"[^\"]*\"")) return ""
  value = substr($0, RSTART, RLENGTH)
  sub(/^[^"]*"/, "", value)
  sub(/"$/, "", value)
  return value
}

function readable(text) {
  gsub(/&#10;.*/, "", text)
  gsub(/&lt;/, "<", text)
  gsub(/&gt;/, ">", text)
  gsub(/&quot;/, "\"", text)
  gsub(/&apos;/, "'", text)
  gsub(/&amp;/, "\\&", text)
  return text
}

# As an attribute where a condition skipped the test, as the text of an exception where an assumption did.
function reason(    text) {
  text = attribute("message")
  if (text == "") {
    text = $0
    sub(/.*<!\[CDATA\[/, "", text)
    sub(/\]\]>.*/, "", text)
    sub(/^[A-Za-z0-9_.$]*Exception: /, "", text)
    sub(/^Assumption failed: /, "", text)
  }
  return readable(text)
}

/<testcase / {
  name = attribute("name")
  class = attribute("classname")
  sub(/.*\./, "", class)
  tests++
}

/<skipped/ { skipped[++skips] = class (name == "" ? "" : "." readable(name)) ": " reason() }
/<failure[ >]/ { failures++ }
/<error[ >]/ { errors++ }

END {
  if (skips) print "\nSkipped here:"
  for (i = 1; i <= skips; i++) print "  " skipped[i]
  printf "\n%d tests: %d passed, %d failed, %d skipped\n",
    tests, tests - skips - failures - errors, failures + errors, skips
}
