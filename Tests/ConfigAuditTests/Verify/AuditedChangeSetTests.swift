import ConfigModel
import TestSupport
import Testing

@testable import ConfigAudit

/// A line of the log says with which others its version was published, and the verifier computes the identifier again.
@Suite(.timeLimit(.minutes(1))) struct AuditedChangeSetTests {
    private let directory: LogDirectory
    private let path: String
    private let set: [VersionRecord]

    init() throws {
        directory = try LogDirectory()
        path = directory.file()
        set = try VersionChain.set(["a/prod", "b/prod", "c/prod"])
    }

    @Test func everyMemberNamesTheOthers() async throws {
        try await write()
        #expect(try AuditVerifier().verify(path: path) == .consistent(lines: 3))
        for line in try WholeFile.lines(path) {
            let object = try #require(JSONValue(parsing: line).object)
            #expect(try object.optionalStrings("changeset_members") == ["a/prod@1", "b/prod@1", "c/prod@1"])
            #expect(try object.string("changeset_id") == set[0].changeSet?.id)
        }
    }

    /// Also where the line's own hash was made anew.
    @Test(arguments: [
        (#"["a/prod@1","b/prod@1"]"#, "does not make 'changeset_id'"),
        (#"["a/prod@1","b/prod@1","d/prod@1"]"#, "does not make 'changeset_id'"),
        (#"["a/prod@1","b/prod@1","c/prod@2"]"#, "does not make 'changeset_id'"),
        (#"["b/prod@1","a/prod@1","c/prod@1"]"#, "is not in order"),
        (#"["a/prod@1","c/prod@1"]"#, "does not name this version"), ("[]", "names 0 versions"),
        ("null", "'changeset_members' is missing"), (#""a/prod@1""#, "must be an array of strings"),
    ])
    func tamperingWithTheMembersIsFound(members: String, reason: String) async throws {
        try await write()
        var lines = try WholeFile.lines(path)
        lines[1] = try hashedAgain(lines[1].replacing(#"["a/prod@1","b/prod@1","c/prod@1"]"#, with: members))
        try WholeFile.write(lines: Array(lines.prefix(2)), to: path)
        guard case .bad(let fault) = try AuditVerifier().verify(path: path) else {
            Issue.record("not found")
            return
        }
        #expect(fault.line == 2)
        #expect("\(fault)".contains(reason), "\(fault)")
    }

    /// The record hash holds the identifier: a list cannot be taken away with it.
    @Test func takingTheSetAwayIsFound() async throws {
        try await write()
        var lines = try WholeFile.lines(path)
        let id = try #require(set[0].changeSet?.id)
        let fields = #""changeset_id":"\#(id)","changeset_members":["a/prod@1","b/prod@1","c/prod@1"],"#
        #expect(lines[0].contains(fields))
        lines[0] = try hashedAgain(lines[0].replacing(fields, with: ""))
        try WholeFile.write(lines: Array(lines.prefix(1)), to: path)
        guard case .bad(let fault) = try AuditVerifier().verify(path: path) else {
            Issue.record("not found")
            return
        }
        #expect(fault.line == 1)
        #expect("\(fault)".contains("does not have its record hash"), "\(fault)")
    }

    private func write() async throws {
        let log = AuditLog(path: path, logger: .silent)
        _ = try await log.open()
        try await log.append(set.map { SampleLog.draft($0, after: nil) })
        await log.close()
    }

    private func hashedAgain(_ line: String) throws -> String {
        let body = String(line.dropLast(#","entry_hash":"sha256:"#.utf8.count + 64 + 2))
        return body + #","entry_hash":"\#(SHA256Text.hash(Array((body + "}").utf8)))"}"#
    }
}

extension JSONValue {
    fileprivate var object: JSONObject? {
        if case .object(let object) = self { return object }
        return nil
    }
}
