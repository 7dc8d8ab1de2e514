import ConfigModel
import ConfigSignatures

/// The public keys in a file that a flag names.
enum PublicKeyFile {
    /// - Parameter owner: whose keys they are.
    static func read(_ path: String, flag: String, of owner: KeyOwner) throws -> TrustedKeys {
        let text = String(decoding: try InputFile.read(path, flag: flag), as: UTF8.self)
        do {
            return try TrustedKeys(parsing: text, of: owner)
        } catch {
            throw CommandFailure.usage("\(flag) \(path): \(error)")
        }
    }
}
