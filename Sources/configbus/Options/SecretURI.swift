import MongoStore
import RabbitBus

/// The address of a server, with the password that may stand in it.
enum SecretURI {
    /// Where the address of a kind of server may be given.
    struct Place: Sendable {
        /// `--amqp-uri`.
        let flag: String
        let isPasswordIn: @Sendable (String) -> Bool
        let plaintextServer: @Sendable (String) -> String?

        static let mongodb = Place(
            flag: "--mongodb-uri", isPasswordIn: MongoStore.holdsPassword,
            plaintextServer: MongoStore.plaintextServer)
        static let amqp = Place(
            flag: "--amqp-uri", isPasswordIn: RabbitBus.holdsPassword, plaintextServer: RabbitBus.plaintextServer)
    }

    /// The address that is given in one of two ways; nil when it is in none.
    ///
    /// - Parameters:
    ///   - uri: the address itself.
    ///   - file: the path of a file with it.
    static func resolve(_ uri: String?, file: String?, _ place: Place) throws -> String? {
        guard let file else { return uri }
        guard uri == nil else {
            throw CommandFailure.usage(
                "\(place.flag) and \(place.flag)-file (or their variables) are both given: keep one.")
        }
        let text = String(decoding: try InputFile.read(file, flag: "\(place.flag)-file"), as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let word = words.first, words.count == 1 else {
            throw CommandFailure.usage("\(file) (\(place.flag)-file) must hold one address and nothing else.")
        }
        SecretFile.warn(file)
        return String(word)
    }

    /// Says it when a flag holds a password.
    static func warn(flag uri: String?, _ place: Place) {
        guard let uri, place.isPasswordIn(uri) else { return }
        Warning.say(
            "the password in \(place.flag) can be read by every user of this machine: put the address in a file and use "
                + "\(place.flag)-file.")
    }

    /// Says it when an address leads to another machine without TLS.
    static func warn(unencrypted uri: String?, _ place: Place) {
        guard let uri, let server = place.plaintextServer(uri) else { return }
        Warning.say(unencrypted(server, place))
    }

    /// A sentence.
    static func unencrypted(_ server: String, _ place: Place) -> String {
        "\(place.flag) leads to \(server) without TLS, so that everything, passwords too, can be read on the way."
    }
}
