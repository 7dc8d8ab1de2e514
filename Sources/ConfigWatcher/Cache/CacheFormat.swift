import ConfigModel
import WatcherCore

/// The bytes of a cache file: a line with the hash of what follows, then a JSON object with everything that proves the
/// documents.
enum CacheFormat {
    private static let magic = "configbus-cache-v1 "

    static func encode(_ layers: DocumentLayers) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { file in
            file.array("documents") { documents in
                for layer in Layer.allCases {
                    guard let document = layers[layer] else { continue }
                    documents.object { append(document, layer, to: &$0) }
                }
            }
        }
        return Array("\(magic)\(SHA256Text.hash(writer.bytes))\n".utf8) + writer.bytes
    }

    /// - Throws: a sentence that says what is wrong, as `CacheFormatError`, or what reading the JSON throws.
    static func decode(_ bytes: [UInt8]) throws -> DocumentLayers {
        guard let newline = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
            throw CacheFormatError(description: "its first line is not complete")
        }
        let body = Array(bytes[(newline + 1)...])
        guard bytes[..<newline].elementsEqual("\(magic)\(SHA256Text.hash(body))".utf8) else {
            throw CacheFormatError(description: "it was changed or cut off")
        }
        guard case .object(let file) = try JSONValue(parsing: body) else {
            throw CacheFormatError(description: "it holds no JSON object")
        }
        var layers = DocumentLayers()
        for element in try file.array("documents") {
            guard case .object(let fields) = element else {
                throw CacheFormatError(description: "a document in it is no JSON object")
            }
            layers[try fields.string("layer") == "base" ? .base : .main] = try document(fields)
        }
        return layers
    }

    private static func append(_ document: DocumentVersion, _ layer: Layer, to writer: inout JSONWriter) {
        writer.member("layer", layer == .base ? "base" : "main")
        writer.member("service_name", document.key.service)
        writer.member("environment", document.key.environment)
        writer.member("version", document.version)
        writer.member("epoch", document.epoch.description)
        writer.member("record_epoch", document.recordEpoch.description)
        writer.member("change_type", document.changeType.rawValue)
        writer.member("content_hash", document.content.hash)
        writer.member("record_hash", document.recordHash)
        writer.member("created_at", document.createdAt?.description)
        writer.member("signature", document.signature?.signature)
        writer.member("key_id", document.signature?.keyID)
        writer.member("config_data", verbatim: document.content.bytes)
    }

    private static func document(_ fields: JSONObject) throws -> DocumentVersion {
        let content = Content(try fields.object("config_data"))
        guard content.hash == (try fields.string("content_hash")) else {
            throw CacheFormatError(description: "a content in it does not have its hash")
        }
        guard let epoch = Epoch(parsing: try fields.string("epoch")),
            let recordEpoch = Epoch(parsing: try fields.string("record_epoch")),
            let changeType = ChangeType(rawValue: try fields.string("change_type"))
        else { throw CacheFormatError(description: "an epoch or a type of change in it is malformed") }
        let version = try fields.int64("version")
        guard version >= 1 else { throw CacheFormatError(description: "the number of a version in it is not one") }
        var signature: RecordSignature?
        if let text = try fields.optionalString("signature"), let keyID = try fields.optionalString("key_id") {
            signature = RecordSignature(signature: text, keyID: keyID)
        }
        return DocumentVersion(
            key: try DocumentKey(
                service: try fields.string("service_name"), environment: try fields.string("environment")),
            version: version, epoch: epoch, recordEpoch: recordEpoch, changeType: changeType,
            content: content, recordHash: try fields.string("record_hash"), signature: signature,
            createdAt: try fields.optionalString("created_at").flatMap { Timestamp(parsing: $0) })
    }
}

/// What is wrong with a cache file.
struct CacheFormatError: Error, CustomStringConvertible {
    let description: String
}
