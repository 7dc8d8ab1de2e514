# The Python programs that look at the contracts from outside: a fuzzer of the HTTP API and a plain AMQP consumer. Sourced, never
# run; needs common.sh, packages.sh and mongod.sh.
# shellcheck shell=bash

contract_environment=$cache/contracts
contract_wheels=(schemathesis==4.32.5 pika==1.3.2 jsonschema==4.25.1 PyYAML==6.0.2)

# prepare_contract_environment: exports CONFIGBUS_TEST_CONTRACTS, the folder of the programs. Where they cannot be installed the tests
# that need them are skipped, and say so.
prepare_contract_environment() {
    local mark=$contract_environment/installed wanted="${contract_wheels[*]}"
    if [[ $(cat "$mark" 2>/dev/null) != "$wanted" ]]; then
        require_python_environment
        say "preparing the programs that check the contracts in $contract_environment"
        rm -rf "$contract_environment"
        if ! "$python_environment/bin/python" -m venv "$contract_environment" >&2 ||
            ! "$contract_environment/bin/python" -m pip install --quiet --disable-pip-version-check "${contract_wheels[@]}" >&2; then
            say "note: pip could not install ${contract_wheels[*]}; the tests of the contracts from outside are skipped"
            return
        fi
        echo "$wanted" >"$mark"
    fi
    export CONFIGBUS_TEST_CONTRACTS=$contract_environment/bin
}
