package import ConfigAccess
package import ConfigModel
package import ConfigStore

/// What a line between the first and the last one holds.
package enum BackupItem: Sendable, Equatable {
    /// A version, whole.
    case record(VersionRecord)
    /// Says that versions of a document are not kept any more.
    case pruned(PrunedDocument)
    /// The newest anchor of an audit log.
    case anchor(AuditAnchor)
    /// What the name of a token belongs to.
    case name(BoundName)
    /// A token, of which the hash is kept.
    case token(AccessToken)
    /// A denial.
    case denial(Denial)
}

/// The versions of a document that the store did not keep.
package struct PrunedDocument: Sendable, Equatable {
    /// Version 1 without its content, by which the document is listed.
    package let first: RecordOutline
    /// The last one of them.
    package let through: Int64
    /// Its record hash, to which the next version is chained.
    package let recordHash: String

    /// Puts them together.
    package init(first: RecordOutline, through: Int64, recordHash: String) {
        self.first = first
        self.through = through
        self.recordHash = recordHash
    }

    /// The document.
    package var key: DocumentKey { first.key }
}

extension BackupItem {
    /// Kinds of lines come in this order.
    var stage: Int {
        switch self {
        case .record, .pruned: 0
        case .anchor: 1
        case .name: 2
        case .token: 3
        case .denial: 4
        }
    }

    /// The line, in the only form that it has.
    package var jsonBytes: [UInt8] {
        if case .record(let record) = self { return record.jsonBytes }
        var writer = JSONWriter(capacity: 512)
        writer.object { line in
            switch self {
            case .record: break
            case .pruned(let pruned): line.object("pruned", pruned.write)
            case .anchor(let anchor): line.object("anchor", anchor.write)
            case .name(let name): line.object("token_name", name.write)
            case .token(let token): line.object("token", token.write)
            case .denial(let denial): line.object("denial", denial.write)
            }
        }
        return writer.bytes
    }

    /// Reads a line.
    init(json object: JSONObject) throws {
        if object["service_name"] != nil {
            self = .record(try VersionRecord(json: .object(object)))
        } else if let pruned = try object.optionalObject("pruned") {
            self = .pruned(try PrunedDocument(json: pruned))
        } else if let anchor = try object.optionalObject("anchor") {
            self = .anchor(try AuditAnchor(json: anchor))
        } else if let name = try object.optionalObject("token_name") {
            self = .name(try BoundName(json: name))
        } else if let token = try object.optionalObject("token") {
            self = .token(try AccessToken(json: token))
        } else if let denial = try object.optionalObject("denial") {
            self = .denial(try Denial(json: denial))
        } else {
            throw BackupLineError(reason: "It is no line of a backup.")
        }
    }
}

/// Why a line is none, in one sentence.
struct BackupLineError: Error, CustomStringConvertible {
    let reason: String

    var description: String { reason }
}

extension PrunedDocument {
    fileprivate func write(_ object: inout JSONWriter) {
        object.member("through", through)
        object.member("record_hash", recordHash)
        var outline = JSONWriter(capacity: 1_024)
        first.appendJSON(to: &outline)
        object.member("first", verbatim: outline.bytes)
    }

    fileprivate init(json object: JSONObject) throws {
        let first = try object.object("first")
        let record = try VersionRecord(json: .object(first), content: .unread(hash: first.string("content_hash")))
        self.init(
            first: RecordOutline(record), through: try object.int64("through"),
            recordHash: try object.parsed("record_hash") { SHA256Text.isWellFormed($0) ? $0 : nil })
        guard record.version == 1, through > 1 || (through == 1 && record.recordHash == recordHash) else {
            throw BackupLineError(reason: "It does not say up to which version of \(key) nothing is kept.")
        }
    }
}

extension AuditAnchor {
    fileprivate func write(_ object: inout JSONWriter) {
        object.member("log", log)
        object.member("count", count)
        // The bytes as the audit signed them.
        object.member("checkpoint", Base64.encode(checkpoint))
        object.member("owner", owner)
    }

    fileprivate init(json object: JSONObject) throws(JSONFieldError) {
        self.init(
            log: try object.string("log"), count: try object.int64("count"),
            checkpoint: try object.parsed("checkpoint") { Base64.decode($0) },
            owner: try object.optionalString("owner"))
    }
}
