import AsyncSupport
import EventBus
import Synchronization

/// The broker's address, as its file had it when it was last read; fixed when there is no file.
final class AddressSource: Sendable {
    /// Longer than any address.
    private static let limit = 65_536

    private struct State {
        var address: AMQPAddress
        /// Why the file could not be read last; nil when it could.
        var failure: BusError?
    }

    private let path: String?
    private let state: Mutex<State>

    /// An address that stays.
    init(_ address: AMQPAddress) {
        path = nil
        state = Mutex(State(address: address))
    }

    /// An address in a file.
    ///
    /// - Throws: `BusError` with code `.invalid`, which never contains the address.
    init(file path: String) throws(BusError) {
        self.path = path
        state = Mutex(State(address: try Self.read(path)))
    }

    /// The address that was read last.
    var present: AMQPAddress { state.withLock { $0.address } }

    /// Reads the file again. While it cannot be read, as in the middle of its replacement, the address before stays.
    ///
    /// - Returns: the address, and why it is an old one when that is news.
    func refresh() -> (address: AMQPAddress, failure: BusError?) {
        guard let path else { return (present, nil) }
        do throws(BusError) {
            let address = try Self.read(path)
            state.withLock { $0 = State(address: address) }
            return (address, nil)
        } catch {
            return state.withLock { state in
                let isNews = state.failure != error
                state.failure = error
                return (state.address, isNews ? error : nil)
            }
        }
    }

    private static func read(_ path: String) throws(BusError) -> AMQPAddress {
        let bytes: [UInt8]
        do {
            bytes = try RegularFile.read(path, followingLinks: true, limit: limit)
        } catch {
            throw BusError(.invalid, "The file \(path) with the address of the broker cannot be read: \(error)")
        }
        let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard let word = words.first, words.count == 1 else {
            throw BusError(.invalid, "The file \(path) must hold the address of one broker and nothing else.")
        }
        do throws(BusError) {
            return try AMQPAddress(parsing: String(word))
        } catch {
            throw BusError(.invalid, "The file \(path): \(error.message)")
        }
    }
}
