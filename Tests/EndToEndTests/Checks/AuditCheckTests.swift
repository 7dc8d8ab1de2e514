import ConfigModel
import TestSupport
import Testing

/// The checker of the audit.
@Suite("Checkers: audit") struct AuditCheckTests {
    private let history: [VersionRecord]

    init() throws { history = try SampleHistory.versions(4, deleted: 3) }

    /// The lines that a good audit writes, one of them changed.
    private func log(changing version: Int64 = 0, _ field: String = "", to value: JSONValue = .null) throws
        -> [AuditEntry]
    {
        try history.map { record in
            var object = try JSONValue(parsing: record.jsonBytes).members
            object["old_value"] = record.version == 1 ? .null : try self.value(of: history[Int(record.version) - 2])
            object["new_value"] = try self.value(of: record)
            object["previous_entry_hash"] = .string("entry-\(record.version - 1)")
            object["entry_hash"] = .string("entry-\(record.version)")
            if record.version == version { object[field] = value }
            return try AuditEntry(object)
        }
    }

    private func value(of record: VersionRecord) throws -> JSONValue {
        record.isTombstone ? .null : .object(try record.content.object)
    }

    @Test func aLogWithoutAFaultPasses() throws {
        #expect(AuditCheck.violations(of: try log(), for: history) == [])
        #expect(AuditCheck.brokenLinks(in: try log()) == [])
    }

    @Test(arguments: [[0, 1, 2], [0, 1, 1, 2, 3], [0, 2, 1, 3]])
    func anEntryThatIsMissingRepeatedOrOutOfOrderIsFound(indexes: [Int]) throws {
        let log = try log()
        #expect(AuditCheck.violations(of: indexes.map { log[$0] }, for: history).count == 1)
    }

    @Test(arguments: [
        "change_type", "created_by", "comment", "change_id", "old_value", "new_value", "content_hash",
        "record_hash",
    ])
    func anEntryThatTellsSomethingElseIsFound(field: String) throws {
        let log = try log(changing: 2, field, to: .string("something else"))
        #expect(AuditCheck.violations(of: log, for: history).count == 1)
    }

    @Test func anEntryAboutAVersionThatIsNotStoredIsFound() throws {
        #expect(AuditCheck.violations(of: try log(), for: Array(history.dropLast())).isEmpty == false)
    }

    @Test func aBrokenLinkIsFound() throws {
        let log = try log(changing: 3, "previous_entry_hash", to: .string("another"))
        #expect(AuditCheck.brokenLinks(in: log).count == 1)
    }

    @Test func checkpointsAndAnUnfinishedLastLineAreNoEntries() throws {
        let line = String(decoding: history[0].jsonBytes.dropLast(), as: UTF8.self) + #","entry_hash":"x"}"#
        let log = "\(line)\n{\"log\":\"default\",\"count\":1,\"entry_hash\":\"x\"}\n\(line.prefix(40))"
        #expect(try AuditEntry.entries(in: Array(log.utf8)).map(\.version) == [1])
    }
}

extension JSONValue {
    /// The members of an object.
    fileprivate var members: JSONObject {
        get throws {
            guard case .object(let object) = self else { throw NotAnObject(line: description) }
            return object
        }
    }
}
