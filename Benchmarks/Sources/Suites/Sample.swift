import ConfigModel
import ConfigSignatures
import Foundation

/// A document like those of services, in all its forms, and a version that differs in one place.
struct Sample {
    let name: String
    /// Indented, with unsorted keys.
    let pretty: [UInt8]
    let content: Content
    let changed: Content
    let object: JSONObject
    let changedObject: JSONObject
    let signer: RecordSigner
    let trusted: TrustedKeys
    let record: VersionRecord
    let eventBytes: [UInt8]

    init(size: Int) throws {
        name = size >= 1_024 ? "\(size / 1_024) KB" : "\(size) B"
        content = try Content(parsing: Array(Self.text(size, port: 5_432).utf8))
        changed = try Content(parsing: Array(Self.text(size, port: 5_433).utf8))
        object = try content.object
        changedObject = try changed.object
        pretty = Array(
            try JSONSerialization.data(
                withJSONObject: JSONSerialization.jsonObject(with: Data(content.bytes)), options: [.prettyPrinted]))
        signer = try RecordSigner.generate()
        trusted = try TrustedKeys([signer.publicKey])
        record = try Self.record(content, version: 1, after: nil, signer)
        eventBytes = ConfigEvent(record, inlineLimit: .max).jsonBytes
    }

    /// A signed version.
    static func record(
        _ content: Content, version: Int64, after last: VersionRecord?, _ signer: RecordSigner
    ) throws -> VersionRecord {
        let epoch = Epoch(number: 1, identifier: "00000000-0000-4000-8000-000000000000")
        let key = try DocumentKey(service: "parsing", environment: "prod")
        let record = record(content, of: key, version: version, after: last, epoch)
        return record.signed(try signer.sign(record))
    }

    /// A version of any document.
    static func record(
        _ content: Content, of key: DocumentKey, version: Int64, after last: VersionRecord?, _ epoch: Epoch
    ) -> VersionRecord {
        VersionRecord(
            key: key, version: version, changeType: last == nil ? .created : .updated, content: content,
            previousHash: last?.recordHash, epoch: epoch, changeID: "c-\(version)",
            createdAt: Timestamp(milliseconds: 1_700_000_000_000), createdBy: "ada", comment: "a change")
    }

    /// Canonical but for the order of its keys.
    static func text(_ size: Int, port: Int) -> String {
        var members: [String] = []
        var count = 0
        while count + 160 < size {
            let number = 1_000 + members.count
            members.append(
                #""listener-\#(number)":{"host":"db-\#(number).internal","port":\#(members.isEmpty ? port : 5_432),"#
                    + #""ratio":0.25,"enabled":true,"tags":["a","b"],"timeout_ms":2500,"note":"ü \"quoted\""}"#)
            count += members[members.count - 1].utf8.count + 1
        }
        return "{" + members.joined(separator: ",") + "}"
    }
}
