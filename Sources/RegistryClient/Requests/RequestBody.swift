import ConfigModel

/// The JSON body of a write: its own members, then comment and author.
struct RequestBody {
    let bytes: [UInt8]

    init(_ options: WriteOptions, _ members: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        writer.object { body in
            members(&body)
            body.member("comment", options.comment)
            body.member("created_by", options.createdBy)
        }
        bytes = writer.bytes
    }
}

extension RegistryRequest {
    /// Gives the request a JSON body.
    mutating func setJSON(_ body: RequestBody) {
        headers.append(("Content-Type", "application/json"))
        self.body = body.bytes
    }
}

extension DocumentPatch {
    var mediaType: String {
        switch self {
        case .merge: "application/merge-patch+json"
        case .operations: "application/json-patch+json"
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .merge(let object): JSONValue.object(object).canonicalBytes
        case .operations(let operations): JSONValue.array(operations).canonicalBytes
        }
    }
}
