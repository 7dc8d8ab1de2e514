import CMongoC

extension MongoFailure {
    init(_ error: bson_error_t) {
        let (domain, message) = (mongoc_error_domain_t(error.domain), Self.message(of: error))
        if domain == MONGOC_ERROR_SERVER_SELECTION, message.hasPrefix("No suitable server") {
            self.init(unanswered: ServerSearch.reasons(in: message), message)
        } else {
            self.init(Self.kind(domain: domain, code: error.code), message)
        }
    }

    /// What the server said about one document of several.
    init(serverCode code: Int64, _ message: String) {
        self.init(Self.kind(ofServerCode: UInt32(clamping: code)), Self.withoutFullStop(message))
    }

    private static func kind(domain: mongoc_error_domain_t, code: UInt32) -> Kind {
        switch domain {
        case MONGOC_ERROR_SERVER: kind(ofServerCode: code)
        case MONGOC_ERROR_CLIENT:
            code == MONGOC_ERROR_CLIENT_AUTHENTICATE.rawValue ? .refused : .unavailable
        case MONGOC_ERROR_SCRAM, MONGOC_ERROR_SASL: .refused
        case MONGOC_ERROR_BSON, MONGOC_ERROR_COMMAND, MONGOC_ERROR_NAMESPACE, MONGOC_ERROR_MATCHER: .invalid
        // Streams, the protocol, server selection, write concerns.
        default: .unavailable
        }
    }

    /// After https://github.com/mongodb/mongo/blob/v6.0/src/mongo/base/error_codes.yml
    private static func kind(ofServerCode code: UInt32) -> Kind {
        switch code {
        case 11_000, 11_001, 12_582: .duplicateKey
        case 13, 18, 8_000: .refused
        case 10_334: .tooLarge
        // OutOfDiskSpace, and the quota of a hosted database.
        case 14_031, 12_501: .full
        default: passingCodes.contains(code) ? .unavailable : .invalid
        }
    }

    /// Elections, shutdowns, interruptions, time limits.
    private static let passingCodes: Set<UInt32> = [
        6, 7, 24, 43, 46, 50, 64, 89, 91, 100, 112, 134, 136, 175, 189, 202, 237, 246, 262, 290, 317, 358, 384, 9_001,
        10_107, 10_058, 11_600, 11_601, 11_602, 13_388, 13_435, 13_436,
    ]

    private static func message(of error: bson_error_t) -> String {
        let text = withUnsafeBytes(of: error.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return inWords(withoutCommand(withoutFullStop(text)))
    }

    /// What the driver says about a connection is for those who program with it.
    static func inWords(_ text: String) -> String {
        var text = text
        if text.hasPrefix("Failed to send \""), let name = text.firstRange(of: "\" command with database \""),
            let reason = text[name.upperBound...].firstRange(of: "\": ")
        {
            text = "\(text.dropFirst(16)[..<name.lowerBound]) was not answered: \(text[reason.upperBound...])"
        }
        guard let read = text.firstRange(of: "Failed to read "),
            let end = text[read.upperBound...].firstRange(of: " bytes: socket error or timeout")
        else { return text }
        return text[..<read.lowerBound] + "the server took too long, or the connection broke" + text[end.upperBound...]
    }

    private static func withoutFullStop(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// The server repeats the whole command that it does not allow; its name is enough.
    static func withoutCommand(_ text: String) -> String {
        guard let phrase = text.firstRange(of: " to execute command { ") else { return text }
        return "\(text[..<phrase.lowerBound]) to execute the command \(text[phrase.upperBound...].prefix { $0 != ":" })"
    }
}
