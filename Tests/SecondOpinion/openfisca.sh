#!/usr/bin/env bash
# Times OpenFisca beside the second opinion on the same bills: openfisca.sh [--bills N] [--seed S]
# The first run puts OpenFisca from PyPI into .output/openfisca, which git ignores.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home="$here/../../.output/openfisca"
stamp="$home/.installed-$(sha256sum "$here/openfisca-requirements.txt" | cut -c1-16)"
if [ ! -e "$stamp" ]; then
    if ! /usr/bin/python3 -m venv "$home" || ! "$home/bin/pip" install --quiet \
        --disable-pip-version-check --requirement "$here/openfisca-requirements.txt"; then
        echo "OpenFisca could not be installed (no network, or no python3-venv?)" >&2
        exit 1
    fi
    touch "$stamp"
fi
exec "$home/bin/python" "$here/openfisca_outpatient.py" "$@"
