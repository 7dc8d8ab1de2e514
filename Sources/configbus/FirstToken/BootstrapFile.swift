import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import Logging
import SystemPackage

/// Makes the first token when a registry starts on a store that no living administrator has.
///
/// The file comes first and the store second: whatever ends the process between both, the next start finds the file and adds
/// the token that is in it. So there is never a token whose text is lost, and never a second one.
struct BootstrapFile {
    let path: String
    let store: any AccessStore
    let first: FirstToken
    let logger: Logger

    /// Makes token and file where they are needed.
    func make() async throws {
        let administrators = try await first.administrators()
        guard administrators.isEmpty else {
            logger.info("a token that administers everything is there", metadata: ["file": "\(path)"])
            return
        }
        let (text, isNew) = try textOfFile()
        if !isNew, try await store.token(text.id) != nil {
            return StandardStream.error.write(
                """
                serve: no living token administers everything, and the one in \(path) has ended: remove the file and start \
                again to make a new one.

                """)
        }
        guard let token = try await first.addIfNoneLives(text) else {
            // Another registry was the first: its file has the token.
            if isNew { TokenFile.remove(path) }
            return
        }
        logger.notice(
            "made the first token",
            metadata: [
                "file": "\(path)", "token": "\(token.id)", "ends": "\(token.expiresAt.map { "\($0)" } ?? "never")",
            ]
        )
    }

    /// The token in the file, which is made when it is not there.
    private func textOfFile() throws -> (TokenText, isNew: Bool) {
        let text = TokenText.random()
        do {
            try TokenFile.create(path, text)
            return (text, true)
        } catch Errno.fileExists {
            return (try TokenFile.read(path), false)
        } catch {
            throw TokenFile.failure(making: path, error)
        }
    }
}
