// Forms the replica set and makes its logins. Runs on the first member's own network, where the first login may be made
// without one. What is there already stays.
const { readFileSync } = require('fs')
const secret = (name) => readFileSync(`/run/configbus/${name}`, 'utf8').trim()
const admin = db.getSiblingDB('admin')

function logIn() {
    try {
        return admin.auth('admin', secret('mongodb-admin-password')).ok === 1
    } catch (error) {
        return false
    }
}

if (!logIn()) {
    try {
        rs.initiate({
            _id: 'rs0',
            members: [
                { _id: 0, host: 'mongo1:27017', priority: 2 },
                { _id: 1, host: 'mongo2:27017' },
                { _id: 2, host: 'mongo3:27017' },
            ],
        })
    } catch (error) {
        if (error.codeName !== 'AlreadyInitialized') throw error
    }
    while (!db.hello().isWritablePrimary) sleep(200)
    admin.createUser({ user: 'admin', pwd: secret('mongodb-admin-password'), roles: ['root'] })
    if (!logIn()) throw new Error('the login that was made does not work')
}

if (!admin.getUser('registry')) {
    admin.createUser({
        user: 'registry',
        pwd: secret('mongodb-registry-password'),
        roles: [{ role: 'readWrite', db: 'configbus' }],
    })
}
print('the replica set is ready')
