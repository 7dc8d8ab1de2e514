package import ConfigModel

/// An entry as a line of the log.
///
/// A line is one JSON object on one line; contents stand in it byte for byte in their canonical form. Its last member is
/// `entry_hash`: `sha256:` and 64 hexadecimal digits over the bytes of the line with this last member cut out, that is
/// everything before `,"entry_hash":` followed by `}`. `previous_entry_hash` is the `entry_hash` of the entry before (null
/// for the first), so that the hashes make a chain. A verifier in another language needs no JSON parser for that:
///
/// ```python
/// body, tail = line.rstrip(b"\n").rsplit(b',"entry_hash":"', 1)
/// assert tail == b"sha256:" + hashlib.sha256(body + b"}").hexdigest().encode() + b'"}'
/// ```
package struct AuditLine: Sendable, Equatable {
    /// The line without its line feed.
    package let bytes: [UInt8]
    /// The hash that the next line names.
    package let entryHash: String

    /// The line of an entry.
    package init(_ entry: AuditEntry) { self.init(body: Self.body(of: entry)) }

    /// The line about a version that cannot be read.
    package init(_ version: UnreadableVersion, recordedAt: Timestamp, previousEntryHash: String?) {
        self.init(body: version.body(recordedAt: recordedAt, previousEntryHash: previousEntryHash))
    }

    /// The line about versions that were let go before they were read.
    package init(_ versions: PrunedVersions, recordedAt: Timestamp, previousEntryHash: String?) {
        self.init(body: versions.body(recordedAt: recordedAt, previousEntryHash: previousEntryHash))
    }

    private init(body: [UInt8]) {
        var body = body
        entryHash = SHA256Text.hash(body)
        body.removeLast()
        body.append(contentsOf: "\(Self.hashMember)\(entryHash)\"}".utf8)
        bytes = body
    }

    /// Every line of the log begins with one of these.
    static let openings = ["{\"recorded_at\":\"", AuditCheckpoint.opening]

    /// The hash that a line claims, when it has one and the bytes before have it.
    static func provenHash(of line: [UInt8]) -> String? {
        let hashLength = SHA256Text.prefix.utf8.count + 64
        let end = line.count - 2
        let start = end - hashLength
        let cut = start - hashMember.utf8.count
        guard cut > 0, line[cut..<start].elementsEqual(hashMember.utf8), line[end...].elementsEqual("\"}".utf8) else {
            return nil
        }
        let hash = SHA256Text.hash(Array(line[..<cut]) + [UInt8(ascii: "}")])
        return line[start..<end].elementsEqual(hash.utf8) ? hash : nil
    }

    private static let hashMember = ",\"entry_hash\":\""

    private static func body(of entry: AuditEntry) -> [UInt8] {
        let record = entry.record
        let null = Array("null".utf8)
        let size = record.content.bytes.count + (entry.oldValue?.bytes.count ?? 0)
        var writer = JSONWriter(capacity: size + 1_536)
        writer.object { line in
            line.member("recorded_at", entry.recordedAt.description)
            line.member("service_name", record.key.service)
            line.member("environment", record.key.environment)
            line.member("version", record.version)
            line.member("change_type", record.changeType.rawValue)
            line.member("created_at", record.createdAt.description)
            line.member("created_by", record.createdBy)
            line.member("comment", record.comment)
            line.member("change_id", record.changeID)
            line.member("correlation_id", record.correlationID)
            line.member("changeset_id", record.changeSet?.id)
            line.member("changeset_members", record.changeSet?.members)
            line.member("restored_from", record.restoredFrom)
            line.member("overrides", record.overrides)
            line.member("epoch", record.epoch.description)
            line.member("content_hash", record.content.hash)
            line.member("record_hash", record.recordHash)
            line.member("previous_hash", record.previousHash.map { JSONValue.string($0) } ?? .null)
            line.member("signature", record.signature?.signature)
            line.member("key_id", record.signature?.keyID)
            line.member("chain", entry.chain == .whole ? nil : entry.chain.rawValue)
            line.member("old_value_damaged", entry.isOldValueDamaged ? true : nil)
            line.member("old_value", verbatim: entry.oldValue?.bytes ?? null)
            line.member("new_value", verbatim: entry.newValue?.bytes ?? null)
            line.member("previous_entry_hash", entry.previousEntryHash.map { JSONValue.string($0) } ?? .null)
        }
        return writer.bytes
    }
}
