/// A registry that dies between the insert and the commit of a change set leaves a transaction that the server keeps for a minute,
/// and with it no registry can write the documents of the set.
extension MongoClient {
    /// A transaction of a living registry is open for milliseconds. When one is ended that was alive all the same, its registry
    /// learns that nothing of it counts, and begins it again.
    private static let longestTransaction: Int64 = 1_000_000

    /// Ends transactions of this program and this user that are open for longer than a second.
    ///
    /// It is help and not a promise: what fails is left to the server.
    func endAbandonedTransactions() {
        guard let sessions = try? abandonedSessions(), !sessions.isEmpty else { return }
        let command: BSONFields = ["killSessions": .array(sessions.map { ["id": .uuid($0)] })]
        try? plainCommand(in: "admin", command) { _ in }
    }

    private func abandonedSessions() throws(MongoFailure) -> [[UInt8]] {
        let pipeline: BSONValue = [
            ["$currentOp": ["allUsers": false, "idleSessions": true]],
            [
                "$match": [
                    "type": "idleSession", "appName": .string(applicationName),
                    "transaction.timeOpenMicros": ["$gt": .int64(Self.longestTransaction)],
                ]
            ],
            ["$project": ["lsid": 1]],
        ]
        return try plainCommand(in: "admin", ["aggregate": 1, "pipeline": pipeline, "cursor": [:]]) {
            reply throws(MongoFailure) -> [[UInt8]] in
            try reply.document("cursor") { cursor throws(MongoFailure) -> [[UInt8]] in
                try cursor.documents("firstBatch") { session throws(MongoFailure) -> [UInt8] in
                    try session.document("lsid") { identifier throws(MongoFailure) in try identifier.binary("id") }
                }
            }
        }
    }
}
