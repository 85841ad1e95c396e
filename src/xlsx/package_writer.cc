// Parts cut into pieces, pieces deflated by whoever is free, and put together in their order.
#include "xlsx/package_writer.h"

#include <libdeflate.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace tonghop::xlsx {
namespace {

// A part up to here is deflated as a whole, and well: that holds for all parts of a province's workbook. What is larger
// is deflated fast, and a third larger.
constexpr std::size_t kWhole = std::size_t{3} << 19;
constexpr std::size_t kPiece = std::size_t{1} << 18;  // stays in a processor's cache from being made to being deflated

struct Piece {
  std::string text;
  bool whole;  // part
  std::string deflated = {};
  std::exception_ptr failure = {};
  bool ready = false;
};

// What a thread needs to deflate.
class Tools {
 public:
  void use_on(Piece& piece) {
    try {
      if (piece.whole) {
        if (!whole_) whole_.emplace(kPartLevel);
        piece.deflated = whole_->deflate(piece.text).bytes;
      } else {
        if (!pieces_) pieces_.emplace();
        piece.deflated = pieces_->deflate(std::move(piece.text));
      }
      piece.text = {};
    } catch (...) {
      piece.failure = std::current_exception();
    }
  }

 private:
  std::optional<Deflater> whole_;
  std::optional<PieceDeflater> pieces_;
};

// Pieces on their way to be deflated. The thread that adds them helps where the others do not keep up.
class Deflating {
 public:
  explicit Deflating(unsigned threads) : threads_(threads) {}
  ~Deflating() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    waiting_.clear();
    changed_.notify_all();
  }
  Deflating(const Deflating&) = delete;
  Deflating& operator=(const Deflating&) = delete;

  void add(std::shared_ptr<Piece> piece) {
    if (others_.empty() && piece->text.size() >= kPiece) start();
    if (others_.empty()) {
      tools_.use_on(*piece);
      piece->ready = true;
      return;
    }
    std::unique_lock lock(mutex_);
    waiting_.push_back(std::move(piece));
    changed_.notify_all();
    while (waiting_.size() > threads_) deflate_one(lock, tools_);
  }

  bool ready(const Piece& piece) {
    const std::lock_guard lock(mutex_);
    return piece.ready;
  }

  void finish(const Piece& piece) {
    std::unique_lock lock(mutex_);
    while (!piece.ready) {
      if (waiting_.empty()) {
        changed_.wait(lock);
      } else {
        deflate_one(lock, tools_);
      }
    }
  }

 private:
  void start() {
    try {
      for (unsigned i = 1; i < threads_; ++i) others_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {  // the machine gives no more
    }
  }

  void work() {
    Tools tools;
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
      if (stopped_) return;
      deflate_one(lock, tools);
    }
  }

  void deflate_one(std::unique_lock<std::mutex>& lock, Tools& tools) {
    const std::shared_ptr<Piece> piece = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    tools.use_on(*piece);
    lock.lock();
    piece->ready = true;
    changed_.notify_all();
  }

  unsigned threads_;
  Tools tools_;  // of the thread that adds
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Piece>> waiting_;
  bool stopped_ = false;
  std::vector<std::jthread> others_;  // last: they end before what they use
};

// A part of which some may still be with the threads.
struct OpenPart {
  std::string name;
  std::vector<std::shared_ptr<Piece>> pieces = {};
  std::uint32_t checksum = 0;
  std::uint64_t size = 0;
};

class PackageWriter {
 public:
  PackageWriter(const Sink& sink, unsigned threads) : zip_(sink), deflating_(threads) {}

  void write(const MadePart& made) {
    OpenPart& part = open_.emplace_back(OpenPart{.name = made.name});
    std::string text;
    made.make(text, [&](std::string& spilled) {
      if (spilled.size() >= (part.pieces.empty() ? kWhole : kPiece)) cut(part, spilled, false);
    });
    cut(part, text, part.pieces.empty());
    put_ready();
  }

  void finish() {
    while (!open_.empty()) put_first();
    zip_.finish();
  }

 private:
  void cut(OpenPart& part, std::string& text, bool whole) {
    part.checksum = libdeflate_crc32(part.checksum, text.data(), text.size());
    part.size += text.size();
    part.pieces.push_back(std::make_shared<Piece>(Piece{.text = std::move(text), .whole = whole}));
    text = {};
    deflating_.add(part.pieces.back());
    if (!whole) text.reserve(kPiece + kPiece / 8);
  }

  void put_ready() {
    const auto ready = [this](const OpenPart& part) {
      return std::ranges::all_of(part.pieces, [this](const auto& piece) { return deflating_.ready(*piece); });
    };
    while (!open_.empty() && ready(open_.front())) put_first();
  }

  void put_first() {
    OpenPart part = std::move(open_.front());
    open_.pop_front();
    Deflated entry{.checksum = part.checksum, .size = part.size};
    const bool whole = part.pieces.front()->whole;
    for (std::shared_ptr<Piece>& piece : part.pieces) {
      deflating_.finish(*piece);
      if (piece->failure != nullptr) std::rethrow_exception(piece->failure);
      entry.bytes += piece->deflated;
      piece = nullptr;
    }
    if (!whole) entry.bytes += kEndOfPieces;
    zip_.add(part.name, entry);
  }

  ZipWriter zip_;
  std::deque<OpenPart> open_;  // in their order
  Deflating deflating_;
};

}  // namespace

void write_parts(const std::vector<MadePart>& parts, const Sink& sink, unsigned threads) {
  PackageWriter writer(sink, threads);
  for (const MadePart& part : parts) writer.write(part);
  writer.finish();
}

}  // namespace tonghop::xlsx
