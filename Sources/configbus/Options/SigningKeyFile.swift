import ConfigModel
import ConfigSignatures

/// The private key that `--signing-key` names.
enum SigningKeyFile {
    static func read(_ path: String) throws -> RecordSigner {
        let text = String(decoding: try InputFile.read(path, flag: "--signing-key"), as: UTF8.self)
        SecretFile.warn(path)
        do {
            return try RecordSigner(parsing: text)
        } catch {
            throw CommandFailure.usage("--signing-key \(path): \(error)")
        }
    }
}
