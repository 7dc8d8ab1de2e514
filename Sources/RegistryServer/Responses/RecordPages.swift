import ConfigModel
import ConfigRegistry
import ConfigStore
import HTTPTypes
import Hummingbird
import NIOCore

/// A JSON array of full records, newest first, that is read and written piece by piece, as fast as the client takes it, so
/// that a long one takes no more memory than a short one.
struct RecordPages: Sendable {
    /// At most `count` records below a version, ending with the one with which the contents come to `bytes`; fewer than both
    /// only at the end.
    typealias Read = @Sendable (_ before: Int64?, _ count: Int, _ bytes: Int) async throws -> VersionPage

    private static let pieceSize = 50
    private static let pieceBytes = 1_024 * 1_024

    let limit: Int
    let read: Read

    /// Records that are written together.
    private struct Piece {
        let page: VersionPage
        /// The version below which the next piece begins; nil when this is the last.
        let end: Int64?

        init(_ page: VersionPage, count: Int) {
            self.page = page
            let isFull = page.isFull(limit: count, maximumBytes: RecordPages.pieceBytes)
            end = isFull ? (page.map(\.record.version) + page.damaged.compactMap(\.version)).min() : nil
        }
    }

    /// Reads the first piece, so that what goes wrong there is still answered with a problem. What is damaged is left out; a header
    /// names what of it is in the first piece, and everywhere a number is missing.
    func response(before version: Int64?) async throws -> Response {
        let first = try await piece(below: version, limit)
        let remaining = limit - first.page.rowCount
        var headers = HTTPFields()
        headers.name(first.page.damaged)
        guard let end = first.end, remaining > 0 else {
            return .json(Self.opening + Self.json(of: first, isFirst: true) + Self.closing, headers: headers)
        }
        var response = Response.json([], headers: headers)
        response.body = ResponseBody { writer in
            try await writer.write(ByteBuffer(bytes: Self.opening + Self.json(of: first, isFirst: true)))
            try await writeRest(below: end, remaining, isFirst: first.page.isEmpty, to: &writer)
            try await writer.write(ByteBuffer(bytes: Self.closing))
            try await writer.finish(nil)
        }
        return response
    }

    /// An error here breaks the connection off, which the caller notices because the body does not end as it must.
    @concurrent
    private func writeRest(
        below version: Int64, _ remaining: Int, isFirst: Bool, to writer: inout any ResponseBodyWriter
    ) async throws {
        var version = version
        var remaining = remaining
        var isFirst = isFirst
        while remaining > 0 {
            let piece = try await piece(below: version, remaining)
            if !piece.page.isEmpty {
                try await writer.write(ByteBuffer(bytes: Self.json(of: piece, isFirst: isFirst)))
                isFirst = false
            }
            guard let end = piece.end else { return }
            version = end
            remaining -= piece.page.rowCount
        }
    }

    private func piece(below version: Int64?, _ remaining: Int) async throws -> Piece {
        let count = min(remaining, Self.pieceSize)
        return Piece(try await read(version, count, Self.pieceBytes), count: count)
    }

    private static let opening = Array("[".utf8)
    private static let closing = Array("]".utf8)

    private static func json(of piece: Piece, isFirst: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, stored) in piece.page.enumerated() {
            if index > 0 || !isFirst { bytes.append(UInt8(ascii: ",")) }
            bytes += stored.record.jsonBytes
        }
        return bytes
    }
}
