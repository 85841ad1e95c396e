// Writes a zip (APPNOTE.TXT 6.3) from entries that are deflated already: what many archives share is deflated once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

struct libdeflate_compressor;

namespace tonghop::xlsx {

// What an archive holds of an entry.
struct Deflated {
  std::string bytes = {};      // the deflate stream
  std::uint32_t checksum = 0;  // CRC-32 of what it inflates to
  std::uint64_t size = 0;      // bytes of that
};

// Deflates texts one after the other, with the tables that this takes. Equal texts give equal bytes on any machine.
class Deflater {
 public:
  explicit Deflater(int level);  // of libdeflate: from 1, fast, to 12, small
  ~Deflater();
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  Deflated deflate(std::string_view text);

 private:
  libdeflate_compressor* compressor_;
};

// Deflates a long text piece by piece, each by itself, so that several threads can share in it: fast, and larger by a
// third than Deflater at level 6. Equal pieces give equal bytes.
class PieceDeflater {
 public:
  PieceDeflater();
  ~PieceDeflater();

  // Deflate blocks that end with a whole byte and are not the last: pieces one behind another and kEndOfPieces make the
  // stream.
  std::string deflate(std::string piece);

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

inline constexpr std::string_view kEndOfPieces{"\x03\x00", 2};  // the empty last block

// Takes bytes of a file, from its first to its last.
using Sink = std::function<void(std::string_view)>;

// Entries stand in the order in which they are added and are all of the same time, 1980-01-01: equal entries give equal
// bytes. Throws std::runtime_error for what a plain zip cannot hold, 65,536 entries or 4 GiB (Excel refuses the larger
// zip64 where it is not needed), and for a name that is there already or not in UTF-8.
class ZipWriter {
 public:
  explicit ZipWriter(Sink sink);

  void add(std::string_view name, const Deflated& entry);
  void finish();  // once, behind the last entry

 private:
  void put(std::string_view bytes);

  Sink sink_;
  std::uint64_t written_ = 0;  // bytes
  std::string directory_;      // of the entries so far
  std::unordered_set<std::string> names_;
};

}  // namespace tonghop::xlsx
