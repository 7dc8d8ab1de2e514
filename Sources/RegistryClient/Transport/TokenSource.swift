import AsyncSupport
import Synchronization

/// The token that requests carry, as its file had it when it was last read.
final class TokenSource: Sendable {
    /// Longer than any token.
    private static let limit = 65_536

    private let path: String?
    private let present: Mutex<String>

    /// Nil when requests carry no token.
    ///
    /// - Throws: `RegistryClientError` with code `invalidRequest` when there is none that can stand in a header.
    init?(_ credentials: RegistryCredentials) throws(RegistryClientError) {
        switch credentials {
        case .none: return nil
        case .token(let token):
            path = nil
            present = Mutex(try BearerToken.check(token))
        case .tokenFile(let path):
            self.path = path
            present = Mutex(try Self.read(path))
        }
    }

    /// What a request carries now.
    var token: String { present.withLock { $0 } }

    /// Reads the file again. While it cannot be read, as in the middle of its replacement, the token before stays.
    func refresh() {
        guard let path, let token = try? Self.read(path) else { return }
        present.withLock { $0 = token }
    }

    private static func read(_ path: String) throws(RegistryClientError) -> String {
        let bytes: [UInt8]
        do {
            bytes = try RegularFile.read(path, followingLinks: true, limit: limit)
        } catch {
            throw RegistryClientError(.invalidRequest, "The token file \(path) cannot be read: \(error)")
        }
        let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard let token = words.first, words.count == 1 else {
            throw RegistryClientError(.invalidRequest, "The token file \(path) must hold one token and nothing else.")
        }
        return try BearerToken.check(String(token))
    }
}
