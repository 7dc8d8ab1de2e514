import ConfigModel

/// A public key whose signatures versions carry.
package struct SigningKeyFacts: Sendable, Equatable {
    /// The first 16 hexadecimal digits of the SHA-256 of the key, which signatures name.
    package let keyID: String
    /// 32 bytes (RFC 8032) in base64.
    package let publicKey: String

    /// Puts both together.
    package init(keyID: String, publicKey: String) {
        self.keyID = keyID
        self.publicKey = publicKey
    }
}

extension SigningKeyFacts {
    /// Reads a list.
    package static func list(_ body: [UInt8]) throws(InvalidResponse) -> [SigningKeyFacts] {
        var keys: [SigningKeyFacts] = []
        for object in try ResponseJSON.objects(body) {
            keys.append(
                try ResponseJSON.fields { () throws(JSONFieldError) in
                    SigningKeyFacts(keyID: try object.string("key_id"), publicKey: try object.string("public_key"))
                })
        }
        return keys
    }

    /// The body of a list.
    package static func jsonBytes(_ keys: [SigningKeyFacts]) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { list in
            for key in keys {
                list.object { object in
                    object.member("key_id", key.keyID)
                    object.member("public_key", key.publicKey)
                }
            }
        }
        return writer.bytes
    }
}
