import ConfigModel
import Hummingbird
import NIOCore

/// A JSON array of full records that is read and written piece by piece, so that a long one takes no more memory than a
/// short one.
struct RecordPages: Sendable {
    /// At most `count` records behind `last`; fewer only at the end.
    typealias Read = @Sendable (_ last: VersionRecord?, _ count: Int) async throws -> [VersionRecord]

    private static let pieceSize = 50

    let limit: Int
    let read: Read

    /// Reads the first piece, so that what goes wrong there is still told as a problem.
    func response() async throws -> Response {
        let first = try await read(nil, min(limit, Self.pieceSize))
        let remaining = limit - first.count
        guard first.count == Self.pieceSize, remaining > 0 else {
            return .json(Self.opening + Self.json(of: first, isFirst: true) + Self.closing)
        }
        var response = Response.json([])
        response.body = ResponseBody { writer in
            try await writer.write(ByteBuffer(bytes: Self.opening + Self.json(of: first, isFirst: true)))
            try await writeRest(after: first.last, remaining, to: &writer)
            try await writer.write(ByteBuffer(bytes: Self.closing))
            try await writer.finish(nil)
        }
        return response
    }

    /// An error here breaks the connection off, which the caller notices because the body does not end as it must.
    @concurrent
    private func writeRest(
        after last: VersionRecord?, _ remaining: Int, to writer: inout any ResponseBodyWriter
    ) async throws {
        var last = last
        var remaining = remaining
        while remaining > 0 {
            let count = min(remaining, Self.pieceSize)
            let piece = try await read(last, count)
            if !piece.isEmpty { try await writer.write(ByteBuffer(bytes: Self.json(of: piece, isFirst: false))) }
            guard piece.count == count else { return }
            last = piece.last
            remaining -= count
        }
    }

    private static let opening = Array("[".utf8)
    private static let closing = Array("]".utf8)

    private static func json(of records: [VersionRecord], isFirst: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, record) in records.enumerated() {
            if index > 0 || !isFirst { bytes.append(UInt8(ascii: ",")) }
            bytes += record.jsonBytes
        }
        return bytes
    }
}
