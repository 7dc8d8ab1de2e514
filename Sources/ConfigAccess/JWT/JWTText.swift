import ConfigModel

/// The parts of a JWT in compact form (RFC 7515, section 3.1), of which nothing is proven yet.
struct JWTText: Sendable {
    /// No token is longer, so that no caller makes the registry verify much.
    static let maximumBytes = 8_192
    private static let limits = JSONLimits(maximumBytes: maximumBytes, maximumDepth: 32)

    let header: JSONObject
    let payload: JSONObject
    let signature: [UInt8]
    /// What was signed: the header and the payload as they were sent.
    let signedBytes: [UInt8]

    /// Reads a token: three parts of base64url, of which the first two are JSON objects without duplicate keys.
    init(parsing text: String) throws(JWTRefusal) {
        guard text.utf8.count <= Self.maximumBytes else { throw .malformed }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Base64URL.decode(Substring(parts[2])) else { throw .malformed }
        header = try Self.object(parts[0])
        payload = try Self.object(parts[1])
        self.signature = signature
        signedBytes = Array(text.utf8[..<parts[1].endIndex])
    }

    private static func object(_ part: Substring.UTF8View) throws(JWTRefusal) -> JSONObject {
        guard let bytes = Base64URL.decode(Substring(part)),
            case .object(let object)? = try? JSONReader.read(bytes, limits: limits)
        else { throw .malformed }
        return object
    }
}
