import ArgumentParser
import ConfigModel
import ConfigRegistry

/// Looks after a store directly, without a registry.
struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin", abstract: "Look after a store.",
        usage: "configbus admin <subcommand>", subcommands: [NewEpoch.self])

    struct NewEpoch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new-epoch",
            abstract: "Say that the store's history is another one from here on.",
            usage: "configbus admin new-epoch [<options>]",
            discussion: """
                Run it once after a store was restored from a backup. Version numbers may then come a second time with \
                other content: registries drop what they remember within 5 seconds, and watchers take what the registry \
                has, also where its version is lower than theirs. Documents and their versions stay as they are.
                """)

        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let settings = try options.settings()
            let logger = try ProgramLog.logger(level: "warning")
            let store = try await ServeStore.open(settings, logger: logger)
            let epochs: (before: Epoch, after: Epoch)
            do {
                epochs = try await advanceEpoch(of: store)
            } catch {
                await store.close()
                throw error
            }
            await store.close()
            var object = JSONObject()
            object["epoch"] = .string(epochs.after.description)
            object["previous_epoch"] = .string(epochs.before.description)
            try output.print(.object(object)) { "epoch \(epochs.after) (was \(epochs.before))" }
        }

        private func advanceEpoch(
            of store: any VersionStore
        ) async throws(CommandFailure) -> (before: Epoch, after: Epoch) {
            do throws(StoreError) {
                if try await store.statistics().versions > 0 {
                    return (try await store.epoch(), try await store.advanceEpoch())
                }
            } catch {
                throw .unreachable(error.description)
            }
            throw .refused(
                "This store is empty. Check --mongodb-uri or --data-dir: a new epoch is for a store that was restored.")
        }
    }
}
