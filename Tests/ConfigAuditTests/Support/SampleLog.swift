import ConfigAudit
import ConfigModel
import ConfigSignatures
import TestSupport

/// A log that was written by an audit: two documents, six entries, a deletion and a new beginning.
struct SampleLog {
    let parsing: RecordChain
    let routing: RecordChain

    init() throws {
        parsing = RecordChain(
            try DocumentKey(service: "parsing", environment: "prod"),
            [#"{"big":18446744073709551617,"f":1.0}"#, #"{"f":1E400}"#, nil, #"{"text":"é\n\"x\""}"#])
        routing = RecordChain(try DocumentKey(service: "routing"), ["{}", #"{"a":[1,2]}"#])
    }

    /// All entries in the order in which they are written.
    var drafts: [AuditLog.Draft] {
        zip(parsing.records + routing.records, [nil] + parsing.records + [nil] + routing.records).enumerated().map {
            Self.draft($1.0, after: $0 == 4 ? nil : $1.1)
        }
    }

    static func draft(_ record: VersionRecord, after before: VersionRecord?) -> AuditLog.Draft {
        AuditLog.Draft(
            record: record, oldValue: before.flatMap { $0.isTombstone ? nil : $0.content }, chain: .whole)
    }

    /// Writes the log; with a signer, checkpoints stand behind the third and the last entry.
    func write(to path: String, signer: RecordSigner? = nil) async throws {
        let log = AuditLog(path: path, signer: signer, logger: .silent)
        _ = try await log.open()
        try await log.append(Array(drafts.prefix(3)))
        try await log.checkpoint()
        try await log.append(Array(drafts.dropFirst(3)))
        try await log.checkpoint()
        await log.close()
    }
}
