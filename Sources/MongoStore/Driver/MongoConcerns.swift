import AsyncSupport
import CMongoC

/// What every read and every write of the store asks for, whatever the URI says.
enum MongoConcerns {
    /// Acknowledged when it is on the journal of a majority.
    static func withMajorityOnJournal(_ limits: ReplyLimits, _ body: (OpaquePointer?) -> Void) {
        let concern = mongoc_write_concern_new()
        mongoc_write_concern_set_wmajority(concern, Int32(clamping: limits.writeConcernTimeout.milliseconds))
        mongoc_write_concern_set_journal(concern, true)
        body(concern)
        mongoc_write_concern_destroy(concern)
    }

    /// Only what a majority has.
    static func withMajorityReads(_ body: (OpaquePointer?) -> Void) {
        let concern = mongoc_read_concern_new()
        mongoc_read_concern_set_level(concern, "majority")
        body(concern)
        mongoc_read_concern_destroy(concern)
    }
}
