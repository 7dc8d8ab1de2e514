extension MongoFailure {
    /// What a reply says about each document of an insert of several that did not go well.
    ///
    /// - Parameter failure: what the driver said about the whole.
    /// - Returns: for each document why it was not stored, or may not be; nil when it is.
    static func ofEach(
        _ count: Int, in reply: BSONView, besides failure: MongoFailure
    ) throws(MongoFailure) -> [MongoFailure?] {
        let refusals = try reply.documents("writeErrors") { error throws(MongoFailure) in
            (
                index: try error.int64("index"),
                failure: MongoFailure(serverCode: try error.int64("code"), try error.string("errmsg"))
            )
        }
        let inserted = try reply.int64IfPresent("insertedCount")
        let isWholeReply = try reply.documents("writeConcernErrors") { _ in }.isEmpty
        let areOthersStored = isWholeReply && inserted == Int64(count - refusals.count)
        // What the driver said may be about one document only, and says then nothing about the others.
        let ofOthers = refusals.isEmpty ? failure : MongoFailure(.unavailable, failure.message)
        var failures: [MongoFailure?] = Array(repeating: areOthersStored ? nil : ofOthers, count: count)
        for refusal in refusals where failures.indices.contains(Int(refusal.index)) {
            failures[Int(refusal.index)] = refusal.failure
        }
        return failures
    }
}
