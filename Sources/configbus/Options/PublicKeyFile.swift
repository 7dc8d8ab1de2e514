import ConfigModel

/// The public keys in a file that a flag names.
enum PublicKeyFile {
    static func read(_ path: String, flag: String) throws -> TrustedKeys {
        let text = String(decoding: try InputFile.read(path, flag: flag), as: UTF8.self)
        do {
            return try TrustedKeys(parsing: text)
        } catch {
            throw CommandFailure.usage("\(flag) \(path): \(error)")
        }
    }
}
