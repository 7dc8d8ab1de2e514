// Stands in for mongosh where there is none: runs a script with the few of its functions that ours use, each as one command of
// pymongo's. Usage: node mongosh.js PYTHON CA SCRIPT
const { execFileSync } = require('child_process')
const vm = require('vm')
const { readFileSync } = require('fs')
const [python, ca, script] = process.argv.slice(2)

const program = `
import json, sys, pymongo
ask = json.load(sys.stdin)
login = ask['login'] or {}
client = pymongo.MongoClient('localhost', 27017, directConnection=True, tls=True, tlsCAFile=ask['ca'], **login)
try:
    answer = client.admin.command(*ask['command'][0].items().__iter__().__next__(), **ask['command'][1])
    print(json.dumps(answer, default=str))
except pymongo.errors.PyMongoError as error:
    details = getattr(error, 'details', None) or {}
    print(json.dumps({'failed': str(error), 'codeName': details.get('codeName', '')}))
`

let login = null

function command(first, rest = {}) {
    const input = JSON.stringify({ ca, login, command: [first, rest] })
    const answer = JSON.parse(execFileSync(python, ['-c', program], { input, encoding: 'utf8' }))
    if (answer.failed) throw Object.assign(new Error(answer.failed), { codeName: answer.codeName })
    return answer
}

const admin = {
    auth(username, password) {
        const before = login
        login = { username, password }
        try {
            return command({ ping: 1 })
        } catch (error) {
            login = before
            throw error
        }
    },
    createUser: ({ user, ...rest }) => command({ createUser: user }, rest),
    getUser: (user) => command({ usersInfo: user }).users[0] ?? null,
}

const context = {
    require,
    db: { getSiblingDB: () => admin, hello: () => command({ hello: 1 }) },
    rs: { initiate: (config) => command({ replSetInitiate: config }) },
    sleep: (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
    print: console.log,
}
vm.runInNewContext(readFileSync(script, 'utf8'), context, { filename: script })
