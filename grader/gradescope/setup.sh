#!/usr/bin/env bash
# Run once, as root, when Gradescope builds the image: installs what grading takes.
set -euo pipefail
cd "$(dirname "$0")/course"

# Any Node that brings npm 7 or newer will do: the course installs the one it runs on, which needs libatomic.
packages=(libatomic1)
command -v npm >/dev/null || packages+=(nodejs npm)
apt-get update
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}"

# Of all packages only `node` has something to do after it was unpacked: it fetches the binary for this system.
npm ci --ignore-scripts --no-audit --no-fund
npm rebuild node
node_modules/node/bin/node grader/course.js list
