import ConfigModel
import RegistryClient
import TestSupport

/// The headers and bodies with which a registry serves a record.
enum Served {
    static func headers(of record: VersionRecord, epoch: Epoch? = nil) -> [String: String] {
        let epoch = epoch ?? record.epoch
        var headers = [
            "ETag": "\"\(epoch.number).\(record.version)\"", "Config-Version": "\(record.version)",
            "Config-Hash": record.content.hash, "Config-Record-Hash": record.recordHash,
            "Config-Epoch": "\(epoch)", "Config-Change-Type": record.changeType.rawValue,
            "Last-Modified": "Sat, 21 Nov 2026 00:00:00 GMT",
        ]
        if epoch != record.epoch { headers["Config-Record-Epoch"] = "\(record.epoch)" }
        return headers
    }

    static func head(_ record: VersionRecord, epoch: Epoch? = nil) -> ScriptedAnswer {
        .answer(200, headers(of: record, epoch: epoch), record.content.bytes)
    }

    static func tombstone(_ record: VersionRecord) -> ScriptedAnswer {
        .problem(404, "deleted", more: #","version":\#(record.version)"#, headers: headers(of: record))
    }

    static func record(_ record: VersionRecord, _ status: Int = 200, withContent: Bool = true) -> ScriptedAnswer {
        .answer(status, ["Content-Type": "application/json"], record.jsonBytes(withContent: withContent))
    }

    static func list(_ records: [VersionRecord], _ headers: [String: String] = [:]) -> ScriptedAnswer {
        let texts = records.map { String(decoding: $0.jsonBytes, as: UTF8.self) }
        return .json(200, "[\(texts.joined(separator: ","))]", headers)
    }
}

/// Expects a call to fail and returns the error.
func failure<Value>(_ call: () async throws(RegistryClientError) -> Value) async throws -> RegistryClientError {
    do {
        let value = try await call()
        throw Unexpected(what: "\(value)")
    } catch let error as RegistryClientError {
        return error
    }
}

/// A call succeeded that must not.
struct Unexpected: Error {
    let what: String
}
