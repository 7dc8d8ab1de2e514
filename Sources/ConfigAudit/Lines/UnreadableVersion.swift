package import ConfigModel

/// A version that the registry cannot read any more: what the log says of it, in one line instead of an entry of its own.
package struct UnreadableVersion: Sendable, Equatable {
    /// The document.
    package let key: DocumentKey
    package let version: Int64
    /// The epoch of the history in which it was missed.
    package let epoch: Epoch
    /// What the registry said.
    package let reason: String

    /// Names the version, and why it could not be read.
    package init(key: DocumentKey, version: Int64, epoch: Epoch, reason: String) {
        self.key = key
        self.version = version
        self.epoch = epoch
        self.reason = reason
    }
}

extension UnreadableVersion {
    /// The member that distinguishes its line from an entry.
    static let member = "damaged"

    /// Reads the object of a line.
    init(json line: JSONObject) throws(JSONFieldError) {
        do {
            key = try DocumentKey(
                storedService: line.string("service_name"), environment: line.string("environment"))
        } catch let error as JSONFieldError {
            throw error
        } catch {
            throw JSONFieldError(field: "service_name", problem: .invalid("\(error)"))
        }
        version = try line.int64("version")
        guard let epoch = Epoch(parsing: try line.string("epoch")) else {
            throw JSONFieldError(field: "epoch", problem: .invalid("it must be an epoch, <number>-<uuid>."))
        }
        self.epoch = epoch
        reason = try line.string(Self.member)
    }

    /// The line without its hash.
    func body(recordedAt: Timestamp, previousEntryHash: String?) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { line in
            line.member("recorded_at", recordedAt.description)
            line.member("service_name", key.service)
            line.member("environment", key.environment)
            line.member("version", version)
            line.member("epoch", epoch.description)
            line.member(Self.member, reason)
            line.member("previous_entry_hash", previousEntryHash.map { JSONValue.string($0) } ?? .null)
        }
        return writer.bytes
    }
}
