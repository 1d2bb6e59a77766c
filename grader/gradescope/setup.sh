#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image: it installs what grading takes.
set -euo pipefail
cd "$(dirname "$0")"

# libatomic is what the course's own Node needs and a bare image lacks.
packages=(libatomic1)
command -v npm >/dev/null || packages+=(nodejs npm)
apt-get update
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}"

# The image's Node and npm may be old, and npm leaves out the parts of packages that do not run on the Node it runs on
# itself. So they only fetch the Node that the course is pinned to and an npm for it, which then install the course.
version=$(node -p "require('./course/package.json').devDependencies.node")
npm install --prefix tools --no-audit --no-fund "node@$version" npm@11
PATH=$PWD/tools/node_modules/.bin:$PATH
cd course
npm ci --no-audit --no-fund
node grader/course.js list
