import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport

/// Clients that write one document at the same time, at several registries in turn.
struct Writers: Sendable {
    let key: DocumentKey
    let registries: [RunningRegistry]
    let recorder = OperationRecorder()

    /// Every writer makes its updates one after the other; returns when all have finished.
    func run(count: Int, updates: Int, expected: Int64? = nil) async {
        await withTaskGroup { group in
            for writer in 0..<count {
                group.addTask {
                    for update in 0..<updates {
                        await write(update, by: writer, expected: expected)
                    }
                }
            }
        }
    }

    /// Writes until the task is cancelled; a change under way is brought to an end, because its version may be stored.
    func runUntilCancelled(count: Int) async {
        await withTaskGroup { group in
            for writer in 0..<count {
                group.addTask {
                    var update = 0
                    while !Task.isCancelled {
                        await Task { [update] in await write(update, by: writer, expected: nil) }.value
                        update += 1
                    }
                }
            }
        }
    }

    private func write(_ update: Int, by writer: Int, expected: Int64?) async {
        var object = JSONObject()
        object["update"] = .number(JSONNumber(update))
        object["writer"] = .number(JSONNumber(writer))
        let content = Content(object)
        let changeID = UUID().uuidString
        let client = registries[writer % registries.count].client
        let options = WriteOptions(
            createdBy: "writer \(writer)", expected: expected.map { .version($0) }, changeID: changeID)
        _ = await recorder.record(key, changeID: changeID, content: content, expected: expected) {
            do throws(RegistryClientError) {
                return .acknowledged(version: try await client.update(content, of: key, options).version)
            } catch {
                return WriteOperation.Outcome(error)
            }
        }
    }
}
