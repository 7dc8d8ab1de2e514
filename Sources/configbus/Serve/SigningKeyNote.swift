import AsyncSupport
import ConfigModel
import FoundationEssentials
import Logging

/// A note in the folder of the embedded store that says which key file its registry signs with, so that a command which has
/// to sign for this store need not be given it. It holds the path and nothing of the key: who may not read the key file is
/// not helped by it.
enum SigningKeyNote {
    private static let name = "signing-key.path"

    /// Writes the note when a registry begins to use the folder. Without it everything works, but for having to name the key.
    static func write(_ settings: ServeSettings, logger: Logger) {
        guard let key = settings.signingKey else { return }
        let path = key.hasPrefix("/") ? key : "\(FileManager.default.currentDirectoryPath)/\(key)"
        do {
            try DurableFile.replace(place(settings), with: Array("\(path)\n".utf8))
        } catch {
            logger.debug("the note about the signing key was not written", metadata: ["error": "\(error)"])
        }
    }

    /// The path in the note; nil when there is none, or no such file.
    static func path(_ settings: ServeSettings) -> String? {
        guard settings.mongodbURI == nil, let bytes = try? RegularFile.read(place(settings)) else { return nil }
        let path = String(decoding: bytes, as: UTF8.self).filter { $0 != "\n" }
        return FileManager.default.isReadableFile(atPath: path) ? path : nil
    }

    private static func place(_ settings: ServeSettings) -> String { "\(settings.dataDirectory)/\(name)" }
}
